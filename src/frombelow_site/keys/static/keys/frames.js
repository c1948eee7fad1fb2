const button = document.getElementById("print");
button.hidden = false;
button.onclick = () => print();
